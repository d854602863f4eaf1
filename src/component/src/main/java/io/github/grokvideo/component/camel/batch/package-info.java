// SPDX-License-Identifier: Apache-2.0
/** Beans for routes that read dropped files and tables of prompts. API: routes name these classes. */
package io.github.grokvideo.component.camel.batch;
