package io.mcpguard.spring.jackson;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.introspect.ClassIntrospector;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.introspect.MixInResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets a mapper of Jackson 3 up like the service's mapper of Jackson 2: features, names, visibility and mix-ins. The annotations
 * that describe bodies are those of either Jackson, except {@code @JsonNaming}.
 *
 * <p>Loaded only where there is Jackson 2.
 */
final class Jackson2Settings {

    private Jackson2Settings() {}

    static JsonMapper mapperLike(BeanFactory beans) {
        @Nullable ObjectMapper own = beans.getBeanProvider(ObjectMapper.class).getIfAvailable();
        return own == null ? JsonMapper.builder().build() : like(own);
    }

    static JsonMapper like(ObjectMapper own) {
        JsonMapper.Builder builder = JsonMapper.builder().configureForJackson2();
        copyFeatures(own, builder);
        @Nullable PropertyNamingStrategy strategy = own.getPropertyNamingStrategy();
        if (strategy != null) {
            builder.propertyNamingStrategy(new Jackson2Naming(strategy));
        }
        AnnotationIntrospector standard = builder.annotationIntrospector();
        return builder.annotationIntrospector(
                        new AnnotationIntrospectorPair(new Jackson2Naming.Annotations(), standard))
                .changeDefaultVisibility(ignored -> new Jackson2Visibility(own.getVisibilityChecker()))
                .mixInOverrides(new MixIns(own.getDeserializationConfig()))
                .build();
    }

    /** A feature has the same name in both, though not always the same home. */
    private static void copyFeatures(ObjectMapper own, JsonMapper.Builder builder) {
        for (var feature : tools.jackson.databind.MapperFeature.values()) {
            state(own, feature.name()).ifPresent(on -> builder.configure(feature, on));
        }
        for (var feature : tools.jackson.databind.DeserializationFeature.values()) {
            state(own, feature.name()).ifPresent(on -> builder.configure(feature, on));
        }
        for (var feature : tools.jackson.databind.SerializationFeature.values()) {
            state(own, feature.name()).ifPresent(on -> builder.configure(feature, on));
        }
        for (var feature : tools.jackson.databind.cfg.EnumFeature.values()) {
            state(own, feature.name()).ifPresent(on -> builder.configure(feature, on));
        }
        for (var feature : DateTimeFeature.values()) {
            state(own, feature.name()).ifPresent(on -> builder.configure(feature, on));
        }
    }

    private static Optional<Boolean> state(ObjectMapper own, String name) {
        return named(MapperFeature.values(), name)
                .map(own::isEnabled)
                .or(() -> named(DeserializationFeature.values(), name).map(own::isEnabled))
                .or(() -> named(SerializationFeature.values(), name).map(own::isEnabled))
                .or(() -> named(EnumFeature.values(), name).map(own.getDeserializationConfig()::isEnabled));
    }

    private static <F extends Enum<F>> Optional<F> named(F[] features, String name) {
        return Arrays.stream(features)
                .filter(feature -> feature.name().equals(name))
                .findFirst();
    }

    /** The service's mix-ins, asked each time, since Spring adds some late. */
    private record MixIns(ClassIntrospector.MixInResolver own) implements MixInResolver {

        @Override
        public @Nullable Class<?> findMixInClassFor(Class<?> type) {
            return own.findMixInClassFor(type);
        }

        @Override
        public boolean hasMixIns() {
            return true;
        }

        @Override
        public MixInResolver snapshot() {
            return this;
        }
    }
}
