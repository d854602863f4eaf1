// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.VideoProvider;

/** A gateway whose upload names a place where the file is sent to. No gateway of the component has such an upload. */
final class TwoStepUploads {

    private TwoStepUploads() {
    }

    /** @param real answers an upload with the id of a file */
    static VideoProvider of(VideoProvider real) {
        return (VideoProvider) Proxy.newProxyInstance(TwoStepUploads.class.getClassLoader(), new Class<?>[] {VideoProvider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("mediaForms")) {
                        return Set.of(MediaForm.UPLOAD);
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof UploadAnswer.Uploaded uploaded ? place(uploaded) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static UploadAnswer place(UploadAnswer.Uploaded uploaded) {
        return new UploadAnswer.SendTo("PUT", "/places/" + ((Media.GatewayFile) uploaded.media()).id(), Map.of(), uploaded.media());
    }
}
