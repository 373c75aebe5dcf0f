package io.mcpguard.apidoc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What is said of each class that operations stand in, take or return. */
final class DocumentedTypes {

    private final Elements elements;
    private final Types types;
    private final Map<TypeElement, Map<String, String>> found = new LinkedHashMap<>();
    private final Set<TypeElement> bodies = new LinkedHashSet<>();
    private final Deque<TypeElement> open = new ArrayDeque<>();

    DocumentedTypes(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** Adds an annotated class or method. */
    void add(Element annotated) {
        if (annotated instanceof TypeElement type) {
            put(type, "type", text(type).description());
        } else if (annotated instanceof ExecutableElement method
                && method.getEnclosingElement() instanceof TypeElement type) {
            addMethod(type, method);
        }
    }

    /** Everything found, by class; each text under what it is of. */
    Map<TypeElement, Map<String, String>> found() {
        for (TypeElement type = open.poll(); type != null; type = open.poll()) {
            addBody(type);
        }
        return found;
    }

    private void addMethod(TypeElement type, ExecutableElement method) {
        CommentText text = text(method);
        StringJoiner signature = new StringJoiner(",", method.getSimpleName() + "(", ")");
        method.getParameters().forEach(parameter -> signature.add(nameOf(types.erasure(parameter.asType()))));
        put(type, "method." + signature, text.description());
        int index = 0;
        for (VariableElement parameter : method.getParameters()) {
            put(
                    type,
                    "method." + signature + "." + index++,
                    text.parameter(parameter.getSimpleName().toString()));
            follow(parameter.asType());
        }
        follow(method.getReturnType());
    }

    private void follow(TypeMirror mirror) {
        if (mirror instanceof ArrayType array) {
            follow(array.getComponentType());
        } else if (mirror instanceof DeclaredType declared && declared.asElement() instanceof TypeElement type) {
            declared.getTypeArguments().forEach(this::follow);
            if (!type.getQualifiedName().toString().startsWith("java.") && bodies.add(type)) {
                open.add(type);
            }
        }
    }

    private void addBody(TypeElement type) {
        CommentText text = text(type);
        put(type, "type", text.description());
        follow(type.getSuperclass());
        type.getPermittedSubclasses().forEach(this::follow);
        for (Element component : type.getRecordComponents()) {
            put(
                    type,
                    "property." + component.getSimpleName(),
                    text.parameter(component.getSimpleName().toString()));
            follow(component.asType());
        }
        if (type.getKind() == ElementKind.RECORD) {
            return;
        }
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            if (!field.getModifiers().contains(Modifier.STATIC)) {
                put(type, "property." + field.getSimpleName(), text(field).description());
                follow(field.asType());
            }
        }
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            String property = propertyOf(method);
            if (!property.isEmpty()) {
                CommentText getter = text(method);
                put(
                        type,
                        "property." + property,
                        getter.returned().isEmpty() ? getter.description() : getter.returned());
                follow(method.getReturnType());
            }
        }
    }

    /** The property that a getter reads, or an empty text for another method. */
    private static String propertyOf(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : name.length();
        boolean getter = method.getParameters().isEmpty()
                && !method.getModifiers().contains(Modifier.STATIC)
                && name.length() > prefix
                && Character.isUpperCase(name.charAt(prefix));
        return getter ? name.substring(prefix, prefix + 1).toLowerCase(Locale.ROOT) + name.substring(prefix + 1) : "";
    }

    /** The first text stays: that of a field comes before that of its getter. */
    private void put(TypeElement type, String key, String text) {
        if (!text.isEmpty()) {
            found.computeIfAbsent(type, known -> new LinkedHashMap<>()).putIfAbsent(key, text);
        }
    }

    private CommentText text(Element element) {
        return CommentText.of(elements.getDocComment(element));
    }

    /** As {@link Class#getCanonicalName()} has it, without the annotations that a type may carry. */
    private static String nameOf(TypeMirror type) {
        if (type instanceof ArrayType array) {
            return nameOf(array.getComponentType()) + "[]";
        }
        return type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
                ? element.getQualifiedName().toString()
                : type.getKind().name().toLowerCase(Locale.ROOT);
    }
}
