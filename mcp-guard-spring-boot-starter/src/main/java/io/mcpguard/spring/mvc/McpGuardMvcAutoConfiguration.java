package io.mcpguard.spring.mvc;

import io.mcpguard.spring.McpGuardAutoConfiguration;
import io.mcpguard.spring.ServletPath;
import io.mcpguard.spring.jackson.ServiceMapper;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Publishes annotated Spring MVC controllers.
 *
 * <p>The types of Spring MVC stand in the nested configuration only: in a service without it, such as one with Jersey, the
 * condition keeps that class from ever being loaded.
 *
 * @since 0.1
 */
@AutoConfiguration(before = McpGuardAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = "mcp.guard", name = "enabled", matchIfMissing = true)
@ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping")
public final class McpGuardMvcAutoConfiguration {

    /** For the container. */
    public McpGuardMvcAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping")
    static final class Controllers {

        @Bean
        @ConditionalOnMissingBean
        MvcOperationSource mcpGuardMvcOperations(
                ObjectProvider<RequestMappingHandlerMapping> mappings,
                ObjectProvider<RequestMappingHandlerAdapter> adapters,
                BeanFactory beans,
                ObjectProvider<ServletContext> servletContext,
                Environment environment) {
            return new MvcOperationSource(
                    mappings.stream().toList(),
                    adapters.stream().toList(),
                    ServiceMapper.of(beans),
                    contextPath(servletContext) + ServletPath.of(environment),
                    environment::resolvePlaceholders);
        }

        /** Of this type, so that every handler mapping of the service takes it up before its own interceptors. */
        @Bean
        static MappedInterceptor mcpGuardChosenHandlerCheck(ObjectProvider<MvcOperationSource> operations) {
            return new MappedInterceptor(null, new ChosenHandlerCheck(operations::getObject));
        }

        private static String contextPath(ObjectProvider<ServletContext> servletContext) {
            ServletContext context = servletContext.getIfAvailable();
            String path = context == null ? null : context.getContextPath();
            return path == null ? "" : path;
        }
    }
}
