package io.mcpguard.spring.actuate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Gives Spring Boot 3 a health indicator. Its types are named at run time only, since this jar is compiled against those of Spring
 * Boot 4, which have moved to another package.
 */
final class Boot3Health implements BeanDefinitionRegistryPostProcessor {

    static final String INDICATOR = "org.springframework.boot.actuate.health.HealthIndicator";

    private static final String HEALTH = "org.springframework.boot.actuate.health.Health";

    private @Nullable BeanFactory beans;

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ClassLoader loader =
                Optional.ofNullable(ClassUtils.getDefaultClassLoader()).orElseGet(Boot3Health.class::getClassLoader);
        Class<?> type = ClassUtils.resolveClassName(INDICATOR, loader);
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setInstanceSupplier(() -> Proxy.newProxyInstance(loader, new Class<?>[] {type}, this::invoke));
        registry.registerBeanDefinition("mcpGuardHealthIndicator", definition);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        beans = beanFactory;
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        return switch (method.getName()) {
            case "health" -> health(method.getDeclaringClass().getClassLoader(), true);
            case "getHealth" ->
                health(method.getDeclaringClass().getClassLoader(), arguments == null || (Boolean) arguments[0]);
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "health of the guard";
        };
    }

    private Object health(ClassLoader loader, boolean withDetails) throws ReflectiveOperationException {
        TrailStanding trail = Optional.ofNullable(beans)
                .orElseThrow(() -> new IllegalStateException("asked before the service started"))
                .getBean(TrailStanding.class);
        Class<?> health = ClassUtils.forName(HEALTH, loader);
        Optional<TrailView> view = trail.view();
        String status = view.map(one -> one.takesCalls() ? "up" : "down").orElse("unknown");
        Object builder = call(health.getMethod(status), null);
        if (withDetails && view.isPresent()) {
            call(builder.getClass().getMethod("withDetails", Map.class), builder, trail.details(view.get()));
        }
        return call(builder.getClass().getMethod("build"), builder);
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments)
            throws InvocationTargetException, IllegalAccessException {
        return Optional.ofNullable(method.invoke(target, arguments)).orElseThrow();
    }
}
