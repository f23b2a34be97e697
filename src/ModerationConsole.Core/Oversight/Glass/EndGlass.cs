using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>Gives back what the caller took, before its time is over.</summary>
[Requires(Permission.UseConsole)]
public sealed class EndGlass(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends it; false where none is on.</summary>
    public async Task<bool> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EndGlass>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                GlassBreak? glass = await scope.Db.GlassOf(caller.Id, scope.Now).SingleOrDefaultAsync(cancel).ConfigureAwait(false);
                if (glass is not null)
                {
                    await scope.EndAsync(caller, glass, scope.Now, guard, cancel).ConfigureAwait(false);
                }

                return glass is not null;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
