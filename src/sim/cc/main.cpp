#include "program.hpp"

int main(int argc, char** argv) {
    using namespace cticonnector::sim;
    return simulator_main(argc, argv, cc::sentences, cc::make_program);
}
