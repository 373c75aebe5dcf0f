package io.mcpguard.spring;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.protocol.EndpointSettings;
import io.mcpguard.core.protocol.OriginPolicy;
import io.mcpguard.core.tool.ToolSettings;
import io.mcpguard.servlet.GuardMount;
import io.mcpguard.servlet.InvokerChoice;
import io.mcpguard.servlet.rest.RestRecording;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Mounts the guard on the service's own server: the first filter, the gate and the MCP endpoint.
 *
 * @since 0.1
 */
@AutoConfiguration(after = McpGuardAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(McpGuard.class)
@Lazy(false)
public final class McpGuardServerAutoConfiguration {

    /**
     * Behind what only restores the address and the encoding of a request (Spring Boot puts both at the very first place), and
     * before everything else.
     */
    static final int ENTRY_ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    /** For the container. */
    public McpGuardServerAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    GuardMount mcpGuardMount(
            McpGuard guard,
            McpGuardProperties properties,
            Environment environment,
            ObjectProvider<HostSecurity> host,
            ObjectProvider<ServletContext> servletContext) {
        EndpointSettings standard = EndpointSettings.standard(
                guard.serviceName(), environment.getProperty("spring.application.version", "1"));
        GuardMount.Builder builder = GuardMount.builder(guard)
                .endpoint(new EndpointSettings(
                        standard.serverName(),
                        standard.serverVersion(),
                        standard.instructions(),
                        JsonLimits.DEFAULT.withMaxBytes(
                                (int) properties.maxRequestBytes().toBytes()),
                        standard.maxBatch(),
                        standard.pageSize(),
                        standard.toolsMaxAge()))
                .origins(OriginPolicy.of(properties.allowedOrigins(), properties.allowedHosts()))
                .tools(new ToolSettings(
                        properties.callTimeout(),
                        (int) properties.maxResponseBytes().toBytes(),
                        properties.tools()))
                .invoker(InvokerChoice.valueOf(properties.invoker().name()))
                .basePath(contextPath(servletContext) + ServletPath.of(environment))
                .recording(RestRecording.valueOf(properties.audit().rest().name()));
        host.ifAvailable(security -> builder.host(security::of));
        return builder.build();
    }

    @Bean
    FilterRegistrationBean<LateFilter> mcpGuardEntryFilter(ObjectProvider<GuardMount> mount) {
        FilterRegistrationBean<LateFilter> registration = new FilterRegistrationBean<>(
                new LateFilter(() -> mount.getObject().entryFilter()));
        registration.setName("mcpGuardEntry");
        registration.setOrder(ENTRY_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setAsyncSupported(true);
        return registration;
    }

    /** For requests that the service's own security has not taken through the gate. */
    @Bean
    FilterRegistrationBean<LateFilter> mcpGuardGateFilter(ObjectProvider<GuardMount> mount) {
        FilterRegistrationBean<LateFilter> registration = new FilterRegistrationBean<>(
                new LateFilter(() -> mount.getObject().gateFilter()));
        registration.setName("mcpGuardGate");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    ServletRegistrationBean<LateServlet> mcpGuardServlet(
            ObjectProvider<GuardMount> mount, McpGuardProperties properties) {
        ServletRegistrationBean<LateServlet> registration = new ServletRegistrationBean<>(
                new LateServlet(() -> mount.getObject().mcpServlet()), properties.path());
        registration.setName(GuardMount.SERVLET_NAME);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    GuardStart mcpGuardStart(
            McpGuard guard,
            AuditTrail trail,
            GuardMount mount,
            McpGuardProperties properties,
            Environment environment,
            ObjectProvider<ServletContext> servletContext) {
        return new GuardStart(guard, trail, mount, properties, environment, contextPath(servletContext));
    }

    @Bean
    ServerRestart mcpGuardServerRestart(GuardMount mount) {
        return new ServerRestart(mount);
    }

    @Bean
    StreamEnding mcpGuardStreamEnding(McpGuard guard) {
        return new StreamEnding(guard);
    }

    private static String contextPath(ObjectProvider<ServletContext> servletContext) {
        ServletContext context = servletContext.getIfAvailable();
        return context == null || context.getContextPath() == null ? "" : context.getContextPath();
    }
}
