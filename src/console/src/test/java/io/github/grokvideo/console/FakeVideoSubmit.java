// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Stands in for the component where it does not matter what becomes of a form. Remembers the calls. */
final class FakeVideoSubmit implements VideoSubmitMBean, AutoCloseable {

    /** The only image. */
    static final String IMAGE = "00000000-0000-0000-0000-000000000001.png";

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final ObjectName name;
    private final Path image;

    /** @param image where the image is, or should be */
    FakeVideoSubmit(String context, Path image) throws JMException {
        this.image = image;
        name = new ObjectName("org.apache.camel:context=" + context + ",type=services,name=VideoSubmit");
        ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean(this, VideoSubmitMBean.class), name);
    }

    List<String> calls() {
        return calls;
    }

    @Override
    public String offers() {
        calls.add("offers");
        return "{\"accounts\":[]}";
    }

    @Override
    public String again(String id) {
        calls.add("again " + id);
        return "{}";
    }

    @Override
    public String validate(String form) {
        calls.add("validate");
        return "{\"violations\":[]}";
    }

    @Override
    public String submit(String form, String key) {
        calls.add("submit " + key);
        return "{\"job\":\"job-1\"}";
    }

    @Override
    public String upload(byte[] image) {
        if (image.length > 0 && image[0] == '!') {
            throw new IllegalArgumentException("The file is a PDF; images must be JPEG, PNG, WebP or GIF");
        }
        if (image.length > 0 && image[0] == '?') {
            throw new IllegalStateException("There are too many images");
        }
        calls.add("upload " + image.length);
        return "4a5ce8a2-6a0e-4d5b-9f52-1f4b1f3a7e11";
    }

    @Override
    public String image(String file) {
        if (!file.equals(IMAGE)) {
            throw new IllegalArgumentException("The image is no longer here");
        }
        return image.toString();
    }

    @Override
    public void close() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }
}
