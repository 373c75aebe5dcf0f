package io.mcpguard.jaxrs.testbed;

import jakarta.ws.rs.core.Application;
import java.util.LinkedHashSet;
import java.util.Set;

/** The application under test: resources and providers, as its owner would register them. */
public final class Shop extends Application {

    private final Set<Object> singletons = new LinkedHashSet<>();
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    public final Items items = new Items();

    public Shop() {
        singletons.add(items);
        classes.add(NoSuchItem.Mapper.class);
        classes.add(Implementation.current().rolesAllowed());
    }

    public Shop with(Object singleton) {
        singletons.add(singleton);
        return this;
    }

    @Override
    public Set<Class<?>> getClasses() {
        return classes;
    }

    @Override
    @SuppressWarnings("deprecation") // The one way to register objects that every implementation has.
    public Set<Object> getSingletons() {
        return singletons;
    }
}
