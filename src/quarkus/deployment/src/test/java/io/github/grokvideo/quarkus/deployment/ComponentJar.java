// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The component as it is packaged: its files, and what the bytecode of its classes says. */
final class ComponentJar {

    private static final String PACKAGE = "io.github.grokvideo.component.";
    private static final Pattern CLASS_NAME = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9_]*)+\\.[A-Z]\\w*");

    private final ClassLoader loader;
    private final Map<String, byte[]> files = new TreeMap<>();
    /** By class. */
    private final Map<String, Calls> classes = new TreeMap<>();

    private ComponentJar(ClassLoader loader) {
        this.loader = loader;
    }

    /** @param one any of its classes */
    static ComponentJar of(Class<?> one) throws Exception {
        ComponentJar jar = new ComponentJar(one.getClassLoader());
        Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            jar.read(place);
        } else {
            try (FileSystem content = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                jar.read(content.getPath("/"));
            }
        }
        return jar;
    }

    private void read(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                byte[] content = Files.readAllBytes(file);
                if (name.endsWith(".class")) {
                    Calls calls = new Calls();
                    new ClassReader(content).accept(calls, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                    classes.put(name.substring(0, name.length() - ".class".length()).replace('/', '.'), calls);
                } else {
                    files.put(name, content);
                }
            }
        }
    }

    /** @return all that are not classes */
    Set<String> files() {
        return files.keySet();
    }

    /** @return without comments and empty lines */
    List<String> lines(String file) {
        return new String(files.get(file)).lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }

    List<Class<?>> classes(Set<String> packages) throws ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        for (String name : classes.keySet()) {
            if (packages.contains(name.substring(0, name.lastIndexOf('.'))) && !name.endsWith("package-info")) {
                found.add(Class.forName(name, false, loader));
            }
        }
        return found;
    }

    /** @return the classes named as constants in methods that make such a call: the component's, and interfaces of the JDK */
    Set<String> classesGivenTo(Predicate<Call> call) {
        Set<String> found = new TreeSet<>();
        for (Calls one : classes.values()) {
            one.calls.stream().filter(made -> call.test(made)).forEach(made -> one.constants.getOrDefault(made.from(), Set.of()).stream()
                    .filter(name -> name.startsWith(PACKAGE) || isInterface(name)).forEach(found::add));
        }
        return found;
    }

    private boolean isInterface(String name) {
        try {
            return Class.forName(name, false, loader).isInterface() && name.startsWith("java.util.concurrent.");
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** @return as owner.name */
    Set<String> methodsThatCall(String owner, String name) {
        Set<String> found = new TreeSet<>();
        classes.forEach((from, calls) -> calls.calls.stream().filter(call -> call.owner().equals(owner) && call.name().equals(name))
                .forEach(call -> found.add(from.replace('.', '/') + "." + call.from().replaceAll("\\(.*", ""))));
        return found;
    }

    /** @return the classes that have an annotation of this package, or a member that has one */
    Set<String> annotatedWith(String annotations) {
        Set<String> found = new TreeSet<>();
        classes.forEach((name, calls) -> {
            if (calls.annotations.stream().anyMatch(one -> one.startsWith("L" + annotations))) {
                found.add(name);
            }
        });
        return found;
    }

    /** @return texts in the code that look like the name of a class */
    Set<String> classNamesInTexts() {
        Set<String> found = new TreeSet<>();
        classes.values().forEach(calls -> calls.texts.stream().filter(CLASS_NAME.asMatchPredicate()).forEach(found::add));
        return found;
    }

    /** @return these, and the component's classes that their fields hold */
    Set<String> reachedByFields(Set<String> names) throws ClassNotFoundException {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.startsWith(PACKAGE) && reached.add(name)) {
                for (Field field : Class.forName(name, false, loader).getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        types(field.getGenericType()).forEach(open::push);
                    }
                }
            }
        }
        return reached;
    }

    private static Stream<String> types(Type type) {
        if (type instanceof ParameterizedType many) {
            return Stream.concat(types(many.getRawType()), Stream.of(many.getActualTypeArguments()).flatMap(ComponentJar::types));
        }
        return type instanceof Class<?> one ? Stream.of(one.isArray() ? one.getComponentType().getName() : one.getName()) : Stream.of();
    }

    /** @param from the calling method with its descriptor */
    record Call(String from, String owner, String name) {
    }

    /** What one class calls and names. */
    static final class Calls extends ClassVisitor {

        private final List<Call> calls = new ArrayList<>();
        private final Map<String, Set<String>> constants = new TreeMap<>();
        private final Set<String> texts = new TreeSet<>();
        private final Set<String> annotations = new TreeSet<>();

        Calls() {
            super(Opcodes.ASM9);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            annotations.add(descriptor);
            return null;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if (value instanceof String text) {
                texts.add(text);
            }
            return new FieldVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String type, boolean visible) {
                    annotations.add(type);
                    return null;
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            String from = name + descriptor;
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String type, boolean visible) {
                    annotations.add(type);
                    return null;
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean ofInterface) {
                    calls.add(new Call(from, owner, called));
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            calls.add(new Call(from, handle.getOwner(), handle.getName()));
                        }
                    }
                }

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof org.objectweb.asm.Type type) {
                        constants.computeIfAbsent(from, method -> new TreeSet<>()).add(type.getClassName());
                    } else if (value instanceof String text) {
                        texts.add(text);
                    }
                }
            };
        }
    }
}
