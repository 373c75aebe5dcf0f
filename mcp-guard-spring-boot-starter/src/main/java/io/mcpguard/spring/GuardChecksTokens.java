package io.mcpguard.spring;

import io.mcpguard.spring.OauthProperties.Checker;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Whether the guard checks tokens itself: when it is told to, or when the service has nothing that does. */
final class GuardChecksTokens extends SpringBootCondition implements ConfigurationCondition {

    private static final String[] CHECKERS = {
        "org.springframework.security.oauth2.jwt.JwtDecoder",
        "org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector"
    };

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String chosen = context.getEnvironment().getProperty("mcp.guard.oauth.checked-by");
        ConditionMessage.Builder message = ConditionMessage.forCondition("Who checks tokens");
        if (chosen != null && !chosen.isBlank()) {
            boolean guard = chosen.strip().equalsIgnoreCase(Checker.GUARD.name());
            return new ConditionOutcome(guard, message.because("mcp.guard.oauth.checked-by is " + chosen));
        }
        boolean service = false;
        for (String checker : CHECKERS) {
            service |= isThere(checker, context);
        }
        return new ConditionOutcome(
                !service, message.because(service ? "the service has a resource server" : "the service has none"));
    }

    private static boolean isThere(String type, ConditionContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans == null || !ClassUtils.isPresent(type, context.getClassLoader())) {
            return false;
        }
        Class<?> checker = ClassUtils.resolveClassName(type, context.getClassLoader());
        return beans.getBeanNamesForType(checker, true, false).length > 0;
    }
}
