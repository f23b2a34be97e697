using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Makes sure at start that each role of <see cref="Roles"/> has its row.</summary>
public sealed partial class EnsureRoles(WritePath writes, DatabaseOptions options, ILogger<EnsureRoles> log) : IHostedService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Real time, whatever clock the rules go by: the server is real. It may go away again after the migration found it there.
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (Unreachable.Is(error) && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(options.StartPatienceSeconds))
            {
                LogWaiting(error.GetType().Name);
                await Task.Delay(s_retry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<bool> EnsureAsync(CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, cancel) =>
        {
            List<string?> present = await scope.Db.Roles.Select(role => role.Name).ToListAsync(cancel).ConfigureAwait(false);
            foreach (string name in Roles.All.Except(present.OfType<string>()))
            {
                scope.Db.Roles.Add(new IdentityRole<Guid>(name)
                {
                    Id = Guid.CreateVersion7(),
                    NormalizedName = name.ToUpperInvariant(),
                    ConcurrencyStamp = Guid.NewGuid().ToString(),
                });
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database went away while the console starts ({Error}); waiting for it")]
    private partial void LogWaiting(string error);
}
