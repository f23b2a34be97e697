using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// Processes over one embedded database, each with a file that it holds open. The machine lets go of it when the process dies; whoever
/// finds one that nobody holds knows that its owner is dead. An idle console writes nothing.
/// </summary>
public sealed class FilePresence(
    DatabaseOptions options, IEnumerable<IDeadNodeHeir> heirs, WritePath writes, TimeProvider clock, ILogger<FilePresence> log)
    : NodePresence(heirs, writes, clock, log)
{
    private const string Prefix = "alive-";

    private readonly TimeProvider _clock = clock;
    private FileStream? _held;

    /// <inheritdoc />
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_held is null)
        {
            Guid me = Guid.CreateVersion7();
            _held = Hold(Path.Combine(options.DataDirectory, $"{Prefix}{me:N}"), FileMode.CreateNew);
            Begin(new DutyTerm(Prefix, me, null, _clock));
        }

        foreach (string path in Directory.EnumerateFiles(options.DataDirectory, $"{Prefix}*").Where(path => path != _held?.Name))
        {
            if (Guid.TryParseExact(Path.GetFileName(path)[Prefix.Length..], "N", out Guid node) && TryHold(path) is { } file)
            {
                await using (file.ConfigureAwait(false))
                {
                    await BuryAsync(node, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
                    File.Delete(path);
                }
            }
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _held?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (_held is { } file && Last is { } term)
        {
            await BuryAsync(term.Holder, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
            File.Delete(file.Name);
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static FileStream Hold(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None);

    private static FileStream? TryHold(string path)
    {
        try
        {
            return Hold(path, FileMode.Open);
        }
        catch (IOException)
        {
            // Its owner lives, or another found it first.
            return null;
        }
    }
}
