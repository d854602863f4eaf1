// SPDX-License-Identifier: Apache-2.0
/** Reads a message: the video request, the job it names, the files it may name. Internal. */
package io.github.grokvideo.component.camel.request;
