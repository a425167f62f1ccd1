package io.sextant.app.http;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.ServerSerialisers;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Sends events as they come, without a thread that waits for them. */
@Provider
@Produces(EventStream.MEDIA_TYPE)
public final class EventStreamWriter implements ServerMessageBodyWriter<Object> {

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return EventStream.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return EventStream.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(Object events, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext call = (ResteasyReactiveRequestContext) context;
        ServerHttpResponse response = context.serverResponse();
        ServerSerialisers.encodeResponseHeaders(call);
        response.setChunked(true);
        call.suspend();
        ((EventStream) events).receive(new EventStream.Receiver() {
            @Override
            public void write(byte[] bytes) {
                if (!response.closed()) {
                    response.write(bytes, gone -> {});
                }
            }

            @Override
            public void end() {
                if (!response.closed()) {
                    response.end();
                }
                call.resume();
            }
        });
    }

    @Override
    public void writeTo(
            Object events,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body) {
        throw new UnsupportedOperationException("Events are sent as they come, not into a stream");
    }
}
