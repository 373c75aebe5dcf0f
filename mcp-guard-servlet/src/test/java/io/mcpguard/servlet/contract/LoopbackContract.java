package io.mcpguard.servlet.contract;

import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;
import java.util.concurrent.CompletionStage;

abstract class LoopbackContract extends ServletInvokerContract {

    LoopbackContract(TestContainer container) {
        super(container);
    }

    @Override
    OperationInvoker invoker(TestService running) {
        LoopbackInvoker loopback = new LoopbackInvoker(running.calls, 256);
        return new OperationInvoker() {
            @Override
            public CompletionStage<OperationResult> invoke(OperationCall call) {
                return loopback.invoke(arrivedAt(running.port(), call));
            }

            @Override
            public String name() {
                return loopback.name();
            }

            @Override
            public void close() {
                loopback.close();
            }
        };
    }

    /** The contract's caller asked at an address that this machine does not have. */
    static OperationCall arrivedAt(int port, OperationCall call) {
        CallOrigin origin = call.origin();
        OperationCall.Builder here = OperationCall.builder(
                        call.callId(),
                        call.method(),
                        call.rawPath(),
                        new CallOrigin(
                                origin.remoteAddress(),
                                origin.remotePort(),
                                origin.scheme(),
                                origin.secure(),
                                origin.serverName(),
                                origin.serverPort(),
                                "127.0.0.1",
                                port,
                                origin.clientCertificates()))
                .rawQuery(call.rawQuery().orElse(null))
                .body(call.body())
                .timeout(call.timeout())
                .maxResponseBytes(call.maxResponseBytes());
        call.headers().forEach(field -> here.header(field.name(), field.value()));
        return here.build();
    }
}
