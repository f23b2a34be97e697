namespace ModerationConsole.Web.Components.Shared;

/// <summary>Each next try cancels the one before, and leaving cancels the last.</summary>
public sealed class CancellationSeries : IDisposable
{
    private CancellationTokenSource? _current;
    private bool _over;

    /// <summary>Token of the next try; cancelled already once this is disposed of.</summary>
    public CancellationToken Next()
    {
        _current?.Cancel();
        _current?.Dispose();
        _current = null;
        if (_over)
        {
            return new CancellationToken(canceled: true);
        }

        _current = new CancellationTokenSource();
        return _current.Token;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _over = true;
        _current?.Cancel();
        _current?.Dispose();
        _current = null;
    }
}
