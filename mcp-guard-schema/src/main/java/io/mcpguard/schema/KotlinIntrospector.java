package io.mcpguard.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serial;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.introspect.PotentialCreator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads classes of Kotlin as jackson-module-kotlin does, for a mapper that does not have it: that of a service on Jackson 2,
 * whose own mapper does.
 *
 * <p>To every mapper it says which properties have to be there. The module holds those required that may not be null, Jackson
 * only those that a constructor takes.
 */
final class KotlinIntrospector extends NopAnnotationIntrospector {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean alone;
    private final boolean primitivesNeeded;

    private KotlinIntrospector(boolean alone, boolean primitivesNeeded) {
        this.alone = alone;
        this.primitivesNeeded = primitivesNeeded;
    }

    /** A mapper like the given one, to describe classes with. */
    static JsonMapper addedTo(JsonMapper mapper) {
        boolean alone = mapper.registeredModules().stream()
                .noneMatch(module -> module.getClass().getSimpleName().equals("KotlinModule"));
        KotlinIntrospector introspector =
                new KotlinIntrospector(alone, mapper.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES));
        return mapper.rebuild()
                .addModule(new SimpleModule(KotlinIntrospector.class.getName()) {

                    @Serial
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void setupModule(SetupContext context) {
                        context.insertAnnotationIntrospector(introspector);
                    }
                })
                .build();
    }

    /** What Kotlin says of the argument of a constructor or factory. */
    static Optional<KotlinArgument> argument(AnnotatedParameter parameter) {
        return parameter.getOwner().getMember() instanceof Executable creator
                ? KotlinArgument.of(creator, parameter.getIndex())
                : Optional.empty();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        if (!Kotlin.canRead(member.getDeclaringClass())) {
            return null;
        }
        JsonProperty stated = member.getAnnotation(JsonProperty.class);
        if (stated != null && stated.required()) {
            return true;
        }
        if (member instanceof AnnotatedParameter parameter) {
            return alone
                    ? argument(parameter)
                            .map(known -> isNeeded(parameter, known))
                            .orElse(null)
                    : null;
        }
        return false;
    }

    private boolean isNeeded(AnnotatedParameter parameter, KotlinArgument argument) {
        return argument.demanded()
                && (primitivesNeeded || !parameter.getRawType().isPrimitive());
    }

    @Override
    public @Nullable String findImplicitPropertyName(MapperConfig<?> config, AnnotatedMember member) {
        if (!alone || !Kotlin.canRead(member.getDeclaringClass())) {
            return null;
        }
        if (member instanceof AnnotatedParameter parameter
                && parameter.getOwner().getMember() instanceof Executable creator) {
            return KotlinReflection.argumentName(creator, parameter.getIndex()).orElse(null);
        }
        return member instanceof AnnotatedMethod method && method.getParameterCount() == 0
                ? getterName(method.getName())
                : null;
    }

    /** With "is" as declared, and without what the compiler adds where a value class is concerned. */
    private static @Nullable String getterName(String method) {
        int added = method.indexOf('-');
        if (method.startsWith("is")) {
            return added < 0 ? method : method.substring(0, added);
        }
        if (method.startsWith("get") && added > 3) {
            return Character.toLowerCase(method.charAt(3)) + method.substring(4, added);
        }
        return null;
    }

    @Override
    public @Nullable PotentialCreator findPreferredCreator(
            MapperConfig<?> config,
            AnnotatedClass type,
            List<PotentialCreator> constructors,
            List<PotentialCreator> factories,
            Optional<PotentialCreator> withoutParameters) {
        if (!alone || !Kotlin.canRead(type.getRawType()) || type.getRawType().isEnum()) {
            return null;
        }
        return constructors.stream()
                .filter(candidate -> candidate.creator().getMember() instanceof Constructor<?> constructor
                        && candidate.paramCount() > 0
                        && !isOfText(candidate)
                        && KotlinReflection.isPrimary(constructor))
                .findFirst()
                .orElse(null);
    }

    /** One text that is no property is the whole value. */
    private static boolean isOfText(PotentialCreator candidate) {
        if (candidate.paramCount() != 1 || candidate.param(0).getRawType() != String.class) {
            return false;
        }
        AnnotatedParameter only = candidate.param(0);
        return !only.hasAnnotation(JsonProperty.class)
                && KotlinReflection.argumentName((Executable) only.getOwner().getMember(), 0)
                        .filter(name -> KotlinReflection.hasProperty(only.getDeclaringClass(), name))
                        .isEmpty();
    }
}
