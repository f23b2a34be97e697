using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Components.Review;

/// <summary>Personal fields of the judged item on the page, over the use case that gives them out.</summary>
public sealed class MaskedFieldTests : ComponentTest
{
    private static readonly DeskItem s_item = DeskCases.Post().Item with
    {
        Fields = [new DeskField("home_address", FieldType.String, FieldRole.None, Sensitive: true, [DeskField.Mask]), new DeskField("e-mail", FieldType.EmailAddress, FieldRole.Email, Sensitive: true, [DeskField.Mask])],
    };

    [Fact]
    public async Task Personal_IsInThePageOnlyAfterAReason_AndGoneWhenItIsHidden()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Core.People.Roles.Lead);
        (Case about, _) = await console.CaseAsync(await console.QueueAsync(), "<b>7 Elm Road</b>");
        await console.WriteAsync(async scope =>
        {
            ItemType type = (await scope.Db.Set<ItemType>().FindAsync(["post"], CancellationToken.None))!;
            type.Fields = ItemSchema.Write([new ItemField("text", FieldType.String, Sensitive: true)]);
            return true;
        });
        Serve(console, lead);
        IRenderedComponent<MaskedField> field = Render<MaskedField>(parameters => parameters
            .Add(one => one.ItemVersionId, about.ItemVersionId).Add(one => one.Field, "text").Add(one => one.Name, "Text")
            .Add(one => one.CaseNumber, about.Number).Add(one => one.MayAsk, true));

        field.Find("button").Click();
        field.Find("form").Submit();
        field.WaitForAssertion(() => Assert.Equal("Say why you need to see it first.", field.Find("[role=alert]").TextContent));
        Assert.DoesNotContain("Elm", field.Markup, StringComparison.Ordinal);
        field.Find("input").Change("complaint 17");
        field.Find("form").Submit();

        field.WaitForAssertion(() => Assert.Equal("<b>7 Elm Road</b>", field.Find(".post-text").TextContent));
        field.Find("button").Click();
        Assert.DoesNotContain("Elm", field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Item_WithPersonalFields_OffersThemOnlyWhereTheyMayBeAskedFor()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Serve(console, Caller.System);

        IRenderedComponent<ItemCard> closed = Render<ItemCard>(parameters => parameters.Add(card => card.Item, s_item));
        IRenderedComponent<ItemCard> open = Render<ItemCard>(parameters => parameters.Add(card => card.Item, s_item).Add(card => card.MayUnmask, true));

        Assert.Equal(2, closed.FindAll(".masked-field").Count);
        Assert.Empty(closed.FindAll("button"));
        Assert.Equal(["Show Home address", "Show E mail"], open.FindAll("button").Select(button => button.GetAttribute("aria-label")));
        Assert.Equal(s_item.ItemId, DecisionWords.Snippet(s_item));
    }

    private void Serve(TestConsole console, Caller caller)
    {
        Services.AddSingleton(console.Use<UnmaskField>());
        Services.AddSingleton<ICurrentCaller>(new Reader(caller));
        Services.AddScoped<ProofAsk>();
    }

    private sealed class Reader(Caller caller) : ICurrentCaller
    {
        public ValueTask<Caller> GetAsync() => ValueTask.FromResult(caller);

        public ValueTask<Session> SessionAsync() => throw new NotSupportedException();
    }
}
