using Microsoft.JSInterop;
using ModerationConsole.Web.Components.Layout;

namespace ModerationConsole.Tests.Components.Layout;

public sealed class ShellScriptTests
{
    [Fact]
    public async Task Page_LeftBeforeItsScriptCame_IsClearedAwayAtOnce()
    {
        ShellScript script = new(new PageThatNeverAnswers());
        Task asked = script.SetTitleAsync("Inbox");

        Task cleared = script.DisposeAsync().AsTask();

        Assert.True(cleared.IsCompletedSuccessfully);
        Assert.False(asked.IsCompleted);
        await cleared;
    }

    private sealed class PageThatNeverAnswers : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => new(new TaskCompletionSource<TValue>().Task);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }
}
