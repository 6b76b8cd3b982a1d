package io.skyport.observability;

import io.skyport.session.FinishedStatement;
import io.skyport.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logs a line in the middle of each statement of a server that is started with {@value #SETTING}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("test.log-statements")
class LoggingListenerConfiguration {

    static final String SETTING = "test.log-statements=true";

    private static final Logger log = LoggerFactory.getLogger(LoggingListenerConfiguration.class);

    @Bean
    SessionListener loggingListener() {
        return new SessionListener() {
            @Override
            public void statementFinished(FinishedStatement statement) {
                log.info("at work: {} {} {}", statement.id(), statement.session(), statement.text());
            }
        };
    }
}
