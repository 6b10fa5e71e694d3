// The measure of what HTTP by Poco costs by itself: serves one answer, read from two files, to every request.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/NullStream.h>
#include <Poco/StreamCopier.h>
#include <Poco/ThreadPool.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

struct Answer
{
    int status = 200;
    Poco::Net::MessageHeader headers;
    std::string body;
};

class Handler : public Poco::Net::HTTPRequestHandler
{
public:
    explicit Handler(const Answer& answer) : answer_(answer) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override
    {
        Poco::NullOutputStream nowhere;
        Poco::StreamCopier::copyStream(request.stream(), nowhere);
        response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(answer_.status));
        for (const auto& [name, value] : answer_.headers)
            response.add(name, value);
        response.sendBuffer(answer_.body.data(), answer_.body.size());
    }

private:
    const Answer& answer_;
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    explicit Factory(const Answer& answer) : answer_(answer) {}

    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override
    {
        return new Handler(answer_); // owned by the HTTPServer
    }

private:
    const Answer& answer_;
};

/// The answer as "curl -D HEAD -o BODY" left it; what Poco writes by itself stays out.
Answer read(const char* head, const char* body)
{
    Answer answer;
    std::ifstream headStream(head, std::ios::binary);
    std::string status;
    std::getline(headStream, status);
    answer.status = std::stoi(status.substr(status.find(' ')));
    answer.headers.read(headStream);
    for (const char* own : {"Content-Length", "Connection", "Date", "Keep-Alive"})
        answer.headers.erase(own);
    std::ifstream bodyStream(body, std::ios::binary);
    answer.body.assign(std::istreambuf_iterator<char>(bodyStream), {});
    return answer;
}

}

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::cerr << "uso: poco-nudo PORTA FILE_INTESTAZIONI FILE_CORPO\n";
        return 2;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const Answer answer = read(argv[2], argv[3]);
    Poco::ThreadPool threads(4, 300);
    Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
    params->setMaxThreads(256);
    params->setMaxQueued(1000);
    params->setMaxKeepAliveRequests(0);
    Poco::Net::ServerSocket socket({"127.0.0.1", static_cast<Poco::UInt16>(std::stoi(argv[1]))}, 1024);
    Poco::Net::HTTPServer server(new Factory(answer), threads, socket, params);
    server.start();
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
    return 0;
}
