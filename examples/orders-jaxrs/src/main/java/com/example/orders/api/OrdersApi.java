package com.example.orders.api;

import com.example.orders.customer.CustomerResource;
import com.example.orders.customer.Customers;
import com.example.orders.order.OrderResource;
import com.example.orders.order.Orders;
import com.example.orders.security.SignedIn;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** What the service registers with Jersey. */
public final class OrdersApi extends ResourceConfig {

    public OrdersApi(Orders orders, Customers customers) {
        register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(orders).to(Orders.class);
                bind(customers).to(Customers.class);
            }
        });
        register(OrderResource.class);
        register(CustomerResource.class);
        register(SignedIn.class);
        register(RolesAllowedDynamicFeature.class);
        register(JacksonFeature.withoutExceptionMappers());
        register(JsonSettings.class);
        register(ProblemMapper.class);
        register(UnreadableMapper.class);
        register(InvalidMapper.class);
        register(RefusalMapper.class);
        register(UnforeseenMapper.class);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }
}
