// SPDX-License-Identifier: Apache-2.0
/** Permissions and locks of files. */
package io.github.grokvideo.component.job.files;
