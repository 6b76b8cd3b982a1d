package io.skyport.config;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for the properties of all rooms. */
@Configuration(proxyBeanMethods = false)
public class PropertyChecksConfiguration {

    @Bean
    static BeanPostProcessor negativeValues() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                ConfigurationProperties properties = bean.getClass().getAnnotation(ConfigurationProperties.class);
                if (properties != null
                        && bean instanceof Record
                        && bean.getClass().getName().startsWith("io.skyport.")) {
                    NegativeValues.refuse(properties.value(), bean);
                }
                return bean;
            }
        };
    }
}
