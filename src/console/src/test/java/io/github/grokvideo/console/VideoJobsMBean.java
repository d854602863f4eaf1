// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

/** What the component registers in JMX, as far as the console knows it. */
public interface VideoJobsMBean {

    int getWaiting();

    boolean isDurable();

    String getProvider();

    String getProviders();

    boolean isStoreReachable();

    String getNode();

    boolean isShowPrompts();

    String jobs(String state, String provider, String text, String sort, boolean descending, int offset, int limit);

    String changes();

    String changed(String known);

    long newer(String state, String provider, String text, String after);

    String job(String id);

    String history(int hours);

    String pollNow(String id);

    String stopWaiting(String id);

    String cancel(String id);

    String prioritize(String id, int priority);

    String redeliver(String id);

    String adopt(String id, String taskId);

    String resubmit(String id);

    String abandon(String id);

    String retry(String id);

    int purge(int endedBeforeHours);
}
