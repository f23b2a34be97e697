using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Makes sure at start that each role of <see cref="Roles"/> has its row.</summary>
public sealed class EnsureRoles(WritePath writes) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => writes.RunAsync(
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
}
