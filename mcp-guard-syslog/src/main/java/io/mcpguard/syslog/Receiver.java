package io.mcpguard.syslog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Where messages go, and how a connection to it is made within a deadline. */
record Receiver(String host, int port, SSLSocketFactory sockets) {

    /** A connection on which both sides have proved who they are, as far as the receiver asks for it. */
    SyslogConnection connect(Deadline deadline) throws IOException {
        Socket plain = reach(deadline);
        boolean done = false;
        try {
            SSLSocket tls = (SSLSocket) sockets.createSocket(plain, host, port, false);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(deadline.leftMillis());
            tls.startHandshake();
            SyslogConnection connection = new SyslogConnection(plain, tls);
            done = true;
            return connection;
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    /** Tries each address of the name in its share of the time. */
    private Socket reach(Deadline deadline) throws IOException {
        InetAddress[] addresses = addresses(deadline);
        IOException failure = new UnknownHostException(host);
        for (int i = 0; i < addresses.length; i++) {
            Socket plain = new Socket();
            try {
                deadline.guard(plain);
                plain.setKeepAlive(true);
                plain.setTcpNoDelay(true);
                int share = Math.max(1, deadline.leftMillis() / (addresses.length - i));
                plain.connect(new InetSocketAddress(addresses[i], port), share);
                return plain;
            } catch (IOException e) {
                plain.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** Looks the name up in a thread of its own, since the operating system may take longer than a batch has. */
    private InetAddress[] addresses(Deadline deadline) throws IOException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(lookup, "mcp-guard-syslog-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookup.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("its name cannot be looked up", e.getCause());
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("its name was not looked up in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
