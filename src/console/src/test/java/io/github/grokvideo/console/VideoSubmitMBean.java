// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

/** What the component registers in JMX for making videos, as far as the console knows it. */
public interface VideoSubmitMBean {

    String offers();

    String again(String id);

    String validate(String form);

    String submit(String form, String key);

    String upload(byte[] image);

    String image(String file);
}
