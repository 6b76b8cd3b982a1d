package io.skyport.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the server's threads have allocated on its heap. */
final class ServerMemory implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private ServerMemory(JMXConnector connector, ThreadMXBean threads) {
        this.connector = connector;
        this.threads = threads;
    }

    static ServerMemory of(ServerProcess server) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(server.pid()));
        try {
            JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            return new ServerMemory(
                    connector,
                    ManagementFactory.newPlatformMXBeanProxy(
                            beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class));
        } finally {
            machine.detach();
        }
    }

    /** Bytes, by the threads that are alive, since each began. */
    long allocated() {
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    @Override
    public void close() throws Exception {
        connector.close();
    }
}
