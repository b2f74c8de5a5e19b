"""A wire between two programs that a test can cut without either of them being told."""

import socket
import threading


class Relay:
    """Passes connections on to a port of this machine. After freeze() those that were there pass nothing any more and
    do not end either, as behind a firewall that has forgotten them; new ones work."""

    def __init__(self, port):
        self.target = ("127.0.0.1", port)
        self.accepted = 0
        self._era = 0
        self._sockets = []
        self._flows = threading.Event()
        self._flows.set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.let_go()
        for one in (self._listener, *self._sockets):
            one.close()

    def freeze(self):
        self._era += 1

    def hold(self):
        self._flows.clear()

    def let_go(self):
        self._flows.set()

    def _accept(self):
        while True:
            try:
                near = self._listener.accept()[0]
                far = socket.create_connection(self.target)
            except OSError:
                return
            self.accepted += 1
            self._sockets += [near, far]
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(*ends, self._era), daemon=True).start()

    def _pass(self, source, sink, era):
        try:
            while data := source.recv(65536):
                self._flows.wait()
                if era == self._era:
                    sink.sendall(data)
            if era == self._era:
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the other end, or the test, is over
