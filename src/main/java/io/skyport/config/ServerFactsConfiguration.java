package io.skyport.config;

import io.skyport.security.User;
import io.skyport.security.Users;
import io.skyport.sql.ServerFacts;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What SQL may tell of rooms that the compiler does not see. */
@Configuration(proxyBeanMethods = false)
public class ServerFactsConfiguration {

    @Bean
    ServerFacts serverFacts(ObjectProvider<BuildProperties> build, Users users) {
        BuildProperties built = build.getIfAvailable();
        return new ServerFacts(
                built == null ? ServerFacts.NONE.version() : built.getVersion(),
                users.all().stream().collect(Collectors.toMap(User::name, User::roles)));
    }
}
