namespace ModerationConsole.Tests.Support;

/// <summary>Waits for what comes about by itself, as long as a slow machine may take.</summary>
internal static class Patience
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_most);
        while (!await isSo())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
