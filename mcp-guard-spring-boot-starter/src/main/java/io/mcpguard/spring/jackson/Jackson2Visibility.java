package io.mcpguard.spring.jackson;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.Serial;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.VisibilityChecker;

/** Sees what the service's mapper of Jackson 2 sees, in classes that say nothing themselves. */
final class Jackson2Visibility extends VisibilityChecker {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient com.fasterxml.jackson.databind.introspect.VisibilityChecker<?> own;

    Jackson2Visibility(com.fasterxml.jackson.databind.introspect.VisibilityChecker<?> own) {
        super(
                Visibility.PUBLIC_ONLY,
                Visibility.PUBLIC_ONLY,
                Visibility.PUBLIC_ONLY,
                Visibility.ANY,
                Visibility.ANY,
                Visibility.PUBLIC_ONLY);
        this.own = own;
    }

    @Override
    public boolean isFieldVisible(AnnotatedField field) {
        return own.isFieldVisible(field.getAnnotated());
    }

    @Override
    public boolean isGetterVisible(AnnotatedMethod method) {
        return own.isGetterVisible(method.getAnnotated());
    }

    @Override
    public boolean isIsGetterVisible(AnnotatedMethod method) {
        return own.isIsGetterVisible(method.getAnnotated());
    }

    @Override
    public boolean isSetterVisible(AnnotatedMethod method) {
        return own.isSetterVisible(method.getAnnotated());
    }

    @Override
    public boolean isCreatorVisible(AnnotatedMember member) {
        return own.isCreatorVisible(member.getMember());
    }
}
