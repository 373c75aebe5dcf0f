package io.mcpguard.schema;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import kotlin.reflect.KFunction;
import kotlin.reflect.KParameter;
import kotlin.reflect.KType;
import kotlin.reflect.KTypeParameter;
import kotlin.reflect.KTypeProjection;
import kotlin.reflect.full.KClasses;
import kotlin.reflect.jvm.ReflectJvmMapping;
import org.jspecify.annotations.Nullable;

/**
 * What Kotlin knows of classes that were written in it, read with kotlin-reflect.
 *
 * <p>Loaded only where {@link Kotlin#canRead} says so.
 */
final class KotlinReflection {

    private KotlinReflection() {}

    /**
     * Says whether a property or result may be null, or what it holds.
     *
     * @param member a field, getter or other method
     * @param depth 0 for the value itself, 1 for what a container holds, and so on
     */
    static Nullness of(Member member, int depth) {
        return attempt(() -> typeOf(member))
                .flatMap(type -> inside(type, depth))
                .map(KotlinReflection::nullnessOf)
                .orElse(Nullness.UNSPECIFIED);
    }

    static Optional<KotlinArgument> argument(Executable declared, int index) {
        return attempt(() -> parameter(declared, index))
                .map(parameter -> new KotlinArgument(
                        parameter.getType().isMarkedNullable(), parameter.isOptional() || parameter.isVararg()));
    }

    static Optional<String> argumentName(Executable declared, int index) {
        return attempt(() -> parameter(declared, index)).map(KParameter::getName);
    }

    /** Whether a constructor is the one that stands beside the name of its class. */
    static boolean isPrimary(Constructor<?> constructor) {
        return attempt(() -> functionOf(constructor))
                .filter(function -> attempt(() -> KClasses.getPrimaryConstructor(classOf(constructor)))
                        .filter(function::equals)
                        .isPresent())
                .isPresent();
    }

    static boolean hasProperty(Class<?> type, String name) {
        return attempt(() -> KClasses.getMemberProperties(JvmClassMappingKt.getKotlinClass(type)).stream()
                        .filter(property -> property.getName().equals(name))
                        .findFirst()
                        .orElse(null))
                .isPresent();
    }

    private static @Nullable KType typeOf(Member member) {
        if (member instanceof Field field) {
            var property = ReflectJvmMapping.getKotlinProperty(field);
            return property == null ? null : property.getReturnType();
        }
        if (!(member instanceof Method method)) {
            return null;
        }
        return KClasses.getDeclaredMemberProperties(classOf(member)).stream()
                .filter(property -> method.equals(ReflectJvmMapping.getJavaGetter(property)))
                .map(property -> property.getReturnType())
                .findFirst()
                .orElseGet(() -> {
                    KFunction<?> function = ReflectJvmMapping.getKotlinFunction(method);
                    return function == null ? null : function.getReturnType();
                });
    }

    private static Optional<KType> inside(KType type, int depth) {
        Optional<KType> inner = Optional.of(type);
        for (int i = 0; i < depth; i++) {
            inner = inner.map(KType::getArguments)
                    .filter(arguments -> !arguments.isEmpty())
                    .map(arguments -> arguments.get(arguments.size() - 1))
                    .map(KTypeProjection::getType);
        }
        return inner;
    }

    private static Nullness nullnessOf(KType type) {
        if (type.isMarkedNullable()) {
            return Nullness.NULLABLE;
        }
        // A type parameter may stand for a type with null, and of Java's own types Kotlin does not know: "String!".
        if (type.getClassifier() instanceof KTypeParameter || type.toString().endsWith("!")) {
            return Nullness.UNSPECIFIED;
        }
        return type.getClassifier() instanceof KClass<?> held && held.isValue() ? ofHeld(held) : Nullness.NON_NULL;
    }

    /** A value class is written as what it holds. */
    private static Nullness ofHeld(KClass<?> type) {
        KFunction<?> constructor = KClasses.getPrimaryConstructor(type);
        return constructor == null
                ? Nullness.UNSPECIFIED
                : nullnessOf(constructor.getParameters().get(0).getType());
    }

    private static @Nullable KParameter parameter(Executable declared, int index) {
        KFunction<?> function = functionOf(declared);
        if (function == null) {
            return null;
        }
        // Without the instance, and without what the compiler adds for a suspending function.
        List<KParameter> values = Stream.of(function)
                .flatMap(any -> any.getParameters().stream())
                .filter(parameter -> parameter.getKind() == KParameter.Kind.VALUE)
                .toList();
        return index < values.size() ? values.get(index) : null;
    }

    private static @Nullable KFunction<?> functionOf(Executable declared) {
        if (declared instanceof Method method) {
            return ReflectJvmMapping.getKotlinFunction(method);
        }
        KFunction<?> function = ReflectJvmMapping.getKotlinFunction((Constructor<?>) declared);
        return function == null ? functionOfTwin(declared) : function;
    }

    /** A constructor that takes a value class is there twice, and Kotlin knows the one with a marker at its end. */
    private static @Nullable KFunction<?> functionOfTwin(Executable constructor) {
        return Stream.of(constructor.getDeclaringClass().getDeclaredConstructors())
                .filter(twin -> twin.isSynthetic() && isTwin(twin.getParameterTypes(), constructor.getParameterTypes()))
                .findFirst()
                .map(ReflectJvmMapping::getKotlinFunction)
                .orElse(null);
    }

    private static boolean isTwin(Class<?>[] marked, Class<?>[] plain) {
        return marked.length == plain.length + 1
                && marked[plain.length].getName().equals("kotlin.jvm.internal.DefaultConstructorMarker")
                && Arrays.equals(marked, 0, plain.length, plain, 0, plain.length);
    }

    private static KClass<?> classOf(Member member) {
        return JvmClassMappingKt.getKotlinClass(member.getDeclaringClass());
    }

    /** Code that the library cannot read, such as that of a Kotlin too new for it, is taken as Java's. */
    private static <T> Optional<T> attempt(Supplier<@Nullable T> reading) {
        try {
            return Optional.ofNullable(reading.get());
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return Optional.empty();
        }
    }
}
