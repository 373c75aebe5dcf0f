package io.mcpguard.spring;

import io.mcpguard.core.json.JacksonFit;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Refuses to start where Jackson 3 cannot work, before any bean needs it. The version of the annotations that Jackson 2 and 3
 * share is the one that Spring Boot manages, for Jackson 2 in Spring Boot 3.5.
 */
final class JacksonCheck implements BeanFactoryPostProcessor, PriorityOrdered {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        JacksonFit.check("set the property jackson-bom.version of the service's build to 2.21.4, or take Spring Boot"
                + " 3.5.13 or later");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
