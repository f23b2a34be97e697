using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Shared;

public sealed class FormSummaryTests : ComponentTest
{
    private readonly BunitJSModuleInterop _page;

    public FormSummaryTests()
    {
        Services.AddScoped<ShellScript>();
        _page = JSInterop.SetupModule(call => call.Arguments is [JsonElement address] && address.GetString() == "./js/shell.js");
        _page.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Problems_ToldTwice_TakeFocusTwice()
    {
        Problems problems = new();
        IRenderedComponent<FormSummary> summary = Render<FormSummary>(form => form.Add(it => it.Problems, problems));
        Assert.Empty(summary.FindAll("[role=alert]"));

        problems.Add("name", "A name is needed.");
        problems.Tell();
        summary.Render();
        summary.Render();
        Assert.Single(_page.Invocations["focusFirst"]);
        problems.Tell();
        summary.Render();

        Assert.Equal(["#form-summary", "#form-summary"], _page.Invocations["focusFirst"].Select(call => $"{call.Arguments[0]}"));
    }

    [Fact]
    public void Problem_Pressed_MovesFocusToItsField()
    {
        Problems problems = new();
        problems.AnyBlank(("name", " ", "A <b>name</b> is needed."), ("code", "2.1", "A code is needed."));
        IRenderedComponent<FormSummary> summary = Render<FormSummary>(form => form.Add(it => it.Problems, problems));

        summary.Find("li button").Click();

        Assert.Equal("A <b>name</b> is needed.", summary.Find("li").TextContent.Trim());
        Assert.Equal("[id=\"name\"]", $"{_page.Invocations["focusFirst"][^1].Arguments[0]}");
    }
}
