package io.mcpguard.schema;

import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jakarta Validation in body schemas. Touched only where the service has Jakarta Validation. */
final class ConstraintModule extends JakartaValidationModule {

    private final Validation validation;

    private ConstraintModule(Validation validation) {
        super(
                JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS,
                JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                JakartaValidationOption.NOT_NULLABLE_METHOD_IS_REQUIRED);
        this.validation = validation;
    }

    /**
     * Adds the constraints that are checked.
     *
     * @param builder the configuration of a generator
     * @param validation what the service validates
     */
    static void applyTo(SchemaGeneratorConfigBuilder builder, Validation validation) {
        builder.with(new ConstraintModule(validation));
    }

    @Override
    protected <A extends Annotation> @Nullable A getAnnotationFromFieldOrGetter(
            MemberScope<?, ?> member, Class<A> type, Function<A, Class<?>[]> groups) {
        A found = super.getAnnotationFromFieldOrGetter(member, type, groups);
        return found == null || !validation.covers(groups.apply(found)) ? null : found;
    }

    @Override
    protected @Nullable String resolveStringPattern(MemberScope<?, ?> member) {
        Pattern pattern = getAnnotationFromFieldOrGetter(member, Pattern.class, Pattern::groups);
        return pattern == null || pattern.flags().length > 0
                ? null
                : EcmaPattern.matchingWhole(pattern.regexp()).orElse(null);
    }
}
