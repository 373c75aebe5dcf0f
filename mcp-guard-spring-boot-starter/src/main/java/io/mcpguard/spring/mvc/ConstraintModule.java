package io.mcpguard.spring.mvc;

import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.groups.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jakarta Validation in body schemas. Touched only where the service has Jakarta Validation. */
final class ConstraintModule {

    private ConstraintModule() {}

    /**
     * Adds the constraints of the default group.
     *
     * @param builder the configuration of a generator
     */
    static void applyTo(SchemaGeneratorConfigBuilder builder) {
        builder.with(new JakartaValidationModule(
                        JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                        JakartaValidationOption.NOT_NULLABLE_METHOD_IS_REQUIRED)
                .forValidationGroups(Default.class));
        builder.forFields().withStringPatternResolver(ConstraintModule::pattern);
        builder.forMethods().withStringPatternResolver(ConstraintModule::pattern);
    }

    private static @Nullable String pattern(MemberScope<?, ?> member) {
        Pattern pattern = member.isFakeContainerItemScope()
                ? member.getContainerItemAnnotationConsideringFieldAndGetterIfSupported(Pattern.class)
                : member.getAnnotationConsideringFieldAndGetterIfSupported(Pattern.class);
        if (pattern == null
                || pattern.flags().length > 0
                || (pattern.groups().length > 0 && !List.of(pattern.groups()).contains(Default.class))) {
            return null;
        }
        return EcmaPattern.matchingWhole(pattern.regexp()).orElse(null);
    }
}
