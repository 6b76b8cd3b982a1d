package io.skyport.flydb.server;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.Message;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of all replies that are being made or wait for their readers, and bounds them. Thread-safe. */
final class ReplyMemory {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit bytes */
    ReplyMemory(long limit) {
        this.limit = limit;
    }

    /** Nothing yet, for one reply. */
    Share share() {
        return new Share(this);
    }

    /** Bytes of all replies. */
    long taken() {
        return taken.get();
    }

    private void take(long bytes) {
        if (taken.addAndGet(bytes) > limit) {
            taken.addAndGet(-bytes);
            throw new SkyportException(
                    ErrorCode.OUT_OF_MEMORY,
                    "the replies to all clients that are not read yet take more than " + limit
                            + " bytes (skyport.flydb.max-reply-memory): try again, or ask for fewer rows");
        }
    }

    /** What one reply takes. Used by one thread at a time. */
    static final class Share implements Message.Growth {

        /** Of a reply that is not counted. */
        static final Share NONE = new Share(new ReplyMemory(0));

        private final ReplyMemory all;
        private long bytes;

        private Share(ReplyMemory all) {
            this.all = all;
        }

        /** @throws SkyportException 53200 if all replies together would take too much */
        @Override
        public void grow(int more) {
            all.take(more);
            bytes += more;
        }

        boolean isFree() {
            return bytes == 0;
        }

        void release() {
            all.taken.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
