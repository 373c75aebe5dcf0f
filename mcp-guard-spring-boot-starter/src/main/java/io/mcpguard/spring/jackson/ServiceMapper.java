package io.mcpguard.spring.jackson;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the mapper that tells how the service's bodies look.
 *
 * @since 0.1
 */
public final class ServiceMapper {

    private ServiceMapper() {}

    /**
     * Finds it.
     *
     * @param beans the service's beans
     * @return its mapper, or one set up like its mapper of Jackson 2, or one as Jackson 3 comes
     */
    public static JsonMapper of(BeanFactory beans) {
        @Nullable JsonMapper own = beans.getBeanProvider(JsonMapper.class).getIfAvailable();
        if (own != null) {
            return own;
        }
        return ClassUtils.isPresent("com.fasterxml.jackson.databind.ObjectMapper", ServiceMapper.class.getClassLoader())
                ? Jackson2Settings.mapperLike(beans)
                : JsonMapper.builder().build();
    }
}
