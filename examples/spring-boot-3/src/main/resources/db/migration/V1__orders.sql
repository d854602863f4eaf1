-- A table of the application. Its migrations and those of the job store do not meet.
CREATE TABLE orders (id INT PRIMARY KEY);
