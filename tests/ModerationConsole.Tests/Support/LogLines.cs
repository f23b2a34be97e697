using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Tests.Support;

/// <summary>A log that keeps what was written to it.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    public ConcurrentQueue<string> Said { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Said.Enqueue(formatter(state, exception));
}
