package io.mcpguard.spring.mvc;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.Constraints;
import io.mcpguard.schema.Descriptions;
import io.mcpguard.schema.KotlinArgument;
import io.mcpguard.schema.Validation;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.convert.Property;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Flattens an argument that Spring binds from request parameters, a record or a bean, into query parameters.
 *
 * <p>Nested objects become dotted names, three levels deep. Maps and lists of objects are left out: they need indexes, which
 * cannot be declared.
 */
final class ModelParameters {

    private static final int DEPTH = 3;

    private final Inputs inputs;
    private final Validation validation;

    /**
     * Prepares the flattening of one argument.
     *
     * @param inputs where the parameters go
     * @param validation what Spring validates of the argument
     */
    ModelParameters(Inputs inputs, Validation validation) {
        this.inputs = inputs;
        this.validation = validation;
    }

    /**
     * Adds the properties of a type.
     *
     * @param type the type Spring binds
     */
    void add(ResolvableType type) {
        add(type, "", 1);
    }

    private void add(ResolvableType type, String prefix, int depth) {
        Class<?> raw = type.resolve(Object.class);
        Constructor<?> constructor = BeanUtils.getResolvableConstructor(raw);
        @Nullable String @Nullable [] names = new DefaultParameterNameDiscoverer().getParameterNames(constructor);
        for (int i = 0; i < constructor.getParameterCount(); i++) {
            MethodParameter parameter =
                    new MethodParameter(constructor, i).withContainingClass(raw).nestedIfOptional();
            Annotations annotations = Annotations.of(parameter.getParameterAnnotations());
            String name = MergedAnnotations.from(annotations.getAnnotations())
                    .get(BindParam.class)
                    .getValue("value", String.class)
                    .orElse("");
            if (name.isEmpty()) {
                String discovered = names == null ? null : names[i];
                name = discovered == null ? parameter.getParameter().getName() : discovered;
            }
            ResolvableType value = ResolvableType.forMethodParameter(parameter, type);
            addOne(
                    value,
                    prefix + name,
                    annotations,
                    KotlinArgument.of(constructor, i)
                            .map(KotlinArgument::demanded)
                            .orElse(parameter.getParameterType().isPrimitive()),
                    depth);
        }
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(raw)) {
            if (property.getWriteMethod() != null) {
                TypeDescriptor descriptor = new TypeDescriptor(
                        new Property(raw, property.getReadMethod(), property.getWriteMethod(), property.getName()));
                addOne(
                        descriptor.getResolvableType(),
                        prefix + property.getName(),
                        Annotations.of(descriptor.getAnnotations()),
                        false,
                        depth);
            }
        }
    }

    private void addOne(ResolvableType declared, String name, Annotations annotations, boolean required, int depth) {
        ResolvableType type = declared.resolve(Object.class) == Optional.class ? declared.getGeneric(0) : declared;
        if (Descriptions.hidden(annotations) || inputs.holds(Parameter.Location.QUERY, name)) {
            return;
        }
        ResolvableType item = SpringValues.itemOf(type);
        Class<?> one = (item == null ? type : item).resolve(Object.class);
        if (one == Object.class || Map.class.isAssignableFrom(one)) {
            return;
        }
        if (BeanUtils.isSimpleValueType(one)) {
            inputs.add(new Parameter(
                    name,
                    Parameter.Location.QUERY,
                    required || Constraints.refuseNull(annotations, validation),
                    SpringValues.of(type, annotations, validation).schema(),
                    Descriptions.description(annotations)));
        } else if (item == null && depth < DEPTH) {
            add(type, name + ".", depth + 1);
        }
    }
}
