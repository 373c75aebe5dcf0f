package io.mcpguard.spring.jackson;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanUtils;
import tools.jackson.core.Version;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;

/** Names properties as a strategy of Jackson 2 does. */
final class Jackson2Naming extends PropertyNamingStrategy {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(Jackson2Naming.class);

    private final transient com.fasterxml.jackson.databind.PropertyNamingStrategy own;

    Jackson2Naming(com.fasterxml.jackson.databind.PropertyNamingStrategy own) {
        this.own = own;
        if (!(own instanceof NamingBase)) {
            LOG.warn(
                    "The naming strategy {} looks at more than names, so schemas show properties as they are declared",
                    own.getClass().getName());
        }
    }

    @Override
    public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
        return translate(name);
    }

    @Override
    public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
        return translate(name);
    }

    @Override
    public String nameForSetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
        return translate(name);
    }

    @Override
    public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
        return translate(name);
    }

    private String translate(String name) {
        return own instanceof NamingBase base ? base.translate(name) : name;
    }

    /** Reads the one annotation about names that each Jackson has of its own. */
    static final class Annotations extends AnnotationIntrospector {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Version version() {
            return Version.unknownVersion();
        }

        @Override
        public @Nullable Object findNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
            @Nullable JsonNaming naming = type.getAnnotated().getAnnotation(JsonNaming.class);
            if (naming == null) {
                return null;
            }
            // Jackson 2's own class at this place says: as declared.
            return naming.value() == com.fasterxml.jackson.databind.PropertyNamingStrategy.class
                    ? PropertyNamingStrategy.class
                    : new Jackson2Naming(BeanUtils.instantiateClass(naming.value()));
        }
    }
}
