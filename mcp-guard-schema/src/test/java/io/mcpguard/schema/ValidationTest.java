package io.mcpguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.GroupSequence;
import jakarta.validation.Valid;
import jakarta.validation.groups.ConvertGroup;
import jakarta.validation.groups.Default;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class ValidationTest {

    interface First {}

    interface Second {}

    @GroupSequence({First.class, Second.class})
    interface InOrder {}

    /** As frameworks have their own. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Validated {
        Class<?>[] value() default {};
    }

    static final class Handler {
        void plain(String body) {}

        void valid(@Valid String body) {}

        void grouped(@Validated(InOrder.class) String body) {}

        void converted(@Valid @ConvertGroup(from = Default.class, to = First.class) String body) {}
    }

    @Test
    void reads_from_an_argument_which_groups_are_validated() throws NoSuchMethodException {
        assertThat(of("plain")).isEqualTo(Validation.NONE);
        assertThat(of("valid")).isEqualTo(Validation.DEFAULT);
        assertThat(of("grouped").groups())
                .containsExactlyInAnyOrder(InOrder.class.getName(), First.class.getName(), Second.class.getName());
        assertThat(of("converted").groups()).containsExactly(First.class.getName());
    }

    @Test
    void knows_that_annotations_alone_validate_nothing() throws Exception {
        assertThat(Validation.isPossible(Validation.class.getClassLoader())).isTrue();
        try (URLClassLoader bare = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            assertThat(Validation.isPossible(bare)).isFalse();
        }
    }

    private static Validation of(String method) throws NoSuchMethodException {
        return Validation.of(
                Handler.class.getDeclaredMethod(method, String.class).getParameters()[0]);
    }
}
