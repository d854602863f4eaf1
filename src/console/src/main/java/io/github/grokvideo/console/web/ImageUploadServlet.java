// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import io.github.grokvideo.console.auth.CurrentLogin;
import io.github.grokvideo.console.auth.JolokiaPolicy;
import io.github.grokvideo.console.auth.Role;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an image for a request from a manager's browser: the body of a POST to {@value #PATH}{@code ?mbean=<VideoSubmit>}. The component
 * checks it, and keeps it under a name of its own; the answer is <code>{"upload":"&lt;id&gt;"}</code>. A GET of
 * {@value #PATH}{@code /<file>} shows an image of a request to any login.
 */
public final class ImageUploadServlet extends HttpServlet {

    /** Beside the paths of the videos. */
    static final String PATH = "/videos/uploads";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ImageUploadServlet.class);
    /** What the component takes. */
    private static final int MOST_BYTES = 20 << 20;
    /** Each is in memory as a whole. */
    private static final int AT_ONCE = 2;
    private static final Map<String, String> TYPES =
            Map.of("png", "image/png", "jpg", "image/jpeg", "webp", "image/webp", "gif", "image/gif");
    private static final ObjectName SUBMITS = submits();
    private static final String[] NAME_SIGNATURE = {String.class.getName()};
    private static final String[] SIGNATURE = {byte[].class.getName()};

    private final transient CurrentLogin login;
    private final Set<String> origins;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final transient MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** @param origins of the console's page */
    public ImageUploadServlet(Set<String> origins, CurrentLogin login) {
        this.origins = Set.copyOf(origins);
        this.login = login;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String origin = request.getHeader("Origin");
        if (!login.role().map(role -> role.includes(Role.MANAGER)).orElse(false) || origin == null || !origins.contains(origin)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "Only managers can upload images.");
            return;
        }
        if (request.getPathInfo() != null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "Images are uploaded to " + PATH + ".");
            return;
        }
        String type = request.getContentType();
        if (type == null || !type.startsWith("image/")) {
            refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Only images can be uploaded.");
            return;
        }
        long length = request.getContentLengthLong();
        if (length < 0 || length > MOST_BYTES) {
            refuse(response, length < 0 ? HttpServletResponse.SC_LENGTH_REQUIRED : HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "An image can have at most " + (MOST_BYTES >> 20) + " MiB.");
            return;
        }
        ObjectName submit = submit(request.getParameter("mbean"));
        if (submit == null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "This program does not take images.");
            return;
        }
        if (!room.tryAcquire()) {
            response.setHeader("Retry-After", "1");
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Other images are being uploaded; try again.");
            return;
        }
        try {
            take(submit, request, response);
        } finally {
            room.release();
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String name = path == null ? "" : path.substring(1);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        Optional<Path> found = type == null ? Optional.empty() : image(name);
        if (found.isEmpty()) {
            notKept(response);
            return;
        }
        try (StoredFile image = StoredFile.open(found.get())) {
            // The component has checked the bytes and chosen the ending; a browser must not look for something else in them.
            response.setContentType(type);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
            response.setContentLengthLong(image.size());
            image.send(ByteRange.all(image.size()), response.getOutputStream());
        } catch (FileSystemException gone) {
            notKept(response);
        } catch (EofException e) {
            LOG.debug("The browser stopped reading an image");
        }
    }

    private static void notKept(HttpServletResponse response) throws IOException {
        refuse(response, HttpServletResponse.SC_NOT_FOUND, "This image is not kept here.");
    }

    /** Names are random, so at most one context has it. */
    private Optional<Path> image(String name) {
        for (ObjectName submit : server.queryNames(SUBMITS, null).stream().filter(JolokiaPolicy::isSubmit).toList()) {
            try {
                return Optional.of(Path.of((String) server.invoke(submit, "image", new Object[] {name}, NAME_SIGNATURE)));
            } catch (RuntimeMBeanException | JMException notThere) {
                LOG.debug("{} has no image {}", submit, name, notThere);
            }
        }
        return Optional.empty();
    }

    private void take(ObjectName submit, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            byte[] image = request.getInputStream().readNBytes(MOST_BYTES);
            Object id = server.invoke(submit, "upload", new Object[] {image}, SIGNATURE);
            response.setStatus(HttpServletResponse.SC_CREATED);
            response.setContentType("application/json");
            // A UUID.
            response.getWriter().print("{\"upload\":\"" + id + "\"}");
        } catch (RuntimeMBeanException | MBeanException e) {
            Throwable cause = e.getCause();
            refuse(response, cause instanceof IllegalArgumentException ? HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE
                    : HttpServletResponse.SC_CONFLICT, String.valueOf(cause.getMessage()));
        } catch (InstanceNotFoundException gone) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "This program does not take images.");
        } catch (JMException e) {
            LOG.warn("An image was not taken: {}", e.toString());
            refuse(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "The image was not taken; see the log.");
        }
    }

    private static ObjectName submits() {
        try {
            return new ObjectName("org.apache.camel:type=services,name=VideoSubmit*,*");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return null = there is none of that name, or it is something else */
    private ObjectName submit(String name) {
        try {
            ObjectName submit = name == null ? null : new ObjectName(name);
            return submit != null && JolokiaPolicy.isSubmit(submit) && server.isRegistered(submit) ? submit : null;
        } catch (MalformedObjectNameException e) {
            return null;
        }
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        // The body may not have been read: the connection ends, and must not be used for another request.
        response.setHeader("Connection", "close");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(message);
    }
}
