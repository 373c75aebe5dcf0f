package io.mcpguard.jaxrs.mount;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.Wire;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One service with the mount, for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Mounted {

    static final String KEY = "Bearer " + Guards.KEY;

    MountedShop service;
    Wire wire;

    abstract Servers kind();

    void settings(JaxrsMount.Builder mount) {
        mount.maxHeldBytes(1 << 16);
        if (kind() == Servers.JDK) {
            mount.blocking();
        }
    }

    @BeforeAll
    void start() {
        service = new MountedShop(kind(), this::settings);
        wire = service.wire;
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @BeforeEach
    void clear() {
        service.trail.clear();
        service.shop.items.served.clear();
    }

    AuditEvent last() {
        List<AuditEvent> events = service.trail.events();
        return events.get(events.size() - 1);
    }
}
