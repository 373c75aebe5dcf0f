package io.mcpguard.spring;

import io.mcpguard.audit.AuditSink;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is a sink, as a bean or in the properties. */
final class SinksCondition extends AnyNestedCondition {

    SinksCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(AuditSink.class)
    static final class AsBean {}

    @Conditional(InProperties.class)
    static final class Named {}

    /** Whether properties name one. */
    static final class InProperties implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Binder.get(context.getEnvironment())
                            .bind("mcp.guard.audit.sinks", Bindable.mapOf(String.class, Object.class))
                            .map(Map::size)
                            .orElse(0)
                    > 0;
        }
    }
}
