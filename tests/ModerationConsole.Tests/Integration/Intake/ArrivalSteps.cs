using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>What happens to promised items: they are promised, then taken in.</summary>
internal static class ArrivalSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A program sends items that are promised.</summary>
    public static Task<ItemsOutcome> PromiseAsync(this TestConsole console, Guid program, RequestKey? key, params string[] items) =>
        console.Use<ReceiveItems>().RunAsync(
            Caller.ApiKey(program, new HashSet<Permission> { Permission.SubmitItems }), [.. items.Select(Items.Json)], key, Cancel);

    /// <summary>Takes in all that waits, and says how many requests that were.</summary>
    public static async Task<int> TakeInAllAsync(this TestConsole console)
    {
        int all = 0;
        while (await console.Get<TakeInArrivals>().RunOnceAsync(Cancel) is > 0 and var taken)
        {
            all += taken;
        }

        return all;
    }
}
