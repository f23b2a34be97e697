using System.Reflection;

namespace ModerationConsole.E2E.Support;

/// <summary>
/// A browser context whose closing is not waited for without end: closing is a call of the driver that knows no time limit,
/// and one that never came back would hold up all that follows.
/// </summary>
public class BoundedContext : DispatchProxy
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private IBrowserContext _context = null!;

    /// <summary>The same context, closed in bounded time when it is disposed.</summary>
    public static IBrowserContext Of(IBrowserContext context)
    {
        IBrowserContext bounded = Create<IBrowserContext, BoundedContext>();
        ((BoundedContext)(object)bounded)._context = context;
        return bounded;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IAsyncDisposable.DisposeAsync)
            ? new ValueTask(CloseAsync())
            : targetMethod.Invoke(_context, BindingFlags.DoNotWrapExceptions, null, args, null);

    private async Task CloseAsync()
    {
        try
        {
            await _context.CloseAsync().WaitAsync(s_longest);
        }
        catch (TimeoutException)
        {
            // It is left open; the browser ends with the run.
        }
    }
}
