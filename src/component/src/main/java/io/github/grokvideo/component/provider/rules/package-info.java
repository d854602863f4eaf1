// SPDX-License-Identifier: Apache-2.0
/** Rules of models as data: which field a mode takes, which values, what it costs. Internal. */
package io.github.grokvideo.component.provider.rules;
