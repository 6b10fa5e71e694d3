// A precompiled header belongs to a program; this one does nothing else.
int main() {}
