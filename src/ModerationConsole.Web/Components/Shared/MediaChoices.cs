using ModerationConsole.Core.Media;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>How the person at the page wants media shown.</summary>
public interface IMediaChoices
{
    /// <summary>What holds for media of these categories; the strictest where it cannot be read.</summary>
    Task<MediaPreferences> ForAsync(bool severe, IEnumerable<string?> categories);

    /// <summary>Forgets what was read, after it was changed.</summary>
    void Forget();
}

/// <summary>Reads the choices once for the tiles of a case, and again for the next.</summary>
internal sealed partial class MediaChoices(ICurrentCaller callers, ReadMyMediaPreferences read, TimeProvider clock, ILogger<MediaChoices> log) : IMediaChoices
{
    // Another window of the same person may change them.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(5);

    private Task<MyMediaPreferences?>? _reading;
    private long _since;

    public async Task<MediaPreferences> ForAsync(bool severe, IEnumerable<string?> categories)
    {
        if (_reading is null || clock.GetElapsedTime(_since) > s_fresh)
        {
            _since = clock.GetTimestamp();
            _reading = ReadAsync();
        }

        Task<MyMediaPreferences?> reading = _reading;
        if (await reading is { } mine)
        {
            return mine.For(severe, categories);
        }

        // Not kept: the next tile asks again.
        if (_reading == reading)
        {
            _reading = null;
        }

        return MediaPreferences.Strictest;
    }

    public void Forget() => _reading = null;

    private async Task<MyMediaPreferences?> ReadAsync()
    {
        try
        {
            return await read.RunAsync(await callers.GetAsync(), CancellationToken.None);
        }
#pragma warning disable CA1031 // whatever went wrong: media is shown in the strictest way, and never in a clearer one than was chosen
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Media preferences could not be read, so the strictest are used ({Error})")]
    private partial void LogFault(string error);
}
