using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Noticed",
                table: "case",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    TypeName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Jurisdiction = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    Sender = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: true),
                    Explanation = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EnteredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EnteredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ClockMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    ByLaw = table.Column<bool>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    StoppedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Answers = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice", x => x.Number);
                    table.ForeignKey(
                        name: "FK_notice_moderator_EnteredBy",
                        column: x => x.EnteredBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice_alert",
                columns: table => new
                {
                    NoticeNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_alert", x => new { x.NoticeNumber, x.Kind });
                    table.ForeignKey(
                        name: "FK_notice_alert_notice_NoticeNumber",
                        column: x => x.NoticeNumber,
                        principalTable: "notice",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice_answer",
                columns: table => new
                {
                    NoticeNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Finding = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Redress = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_answer", x => new { x.NoticeNumber, x.Round });
                    table.ForeignKey(
                        name: "FK_notice_answer_notice_NoticeNumber",
                        column: x => x.NoticeNumber,
                        principalTable: "notice",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice_item",
                columns: table => new
                {
                    NoticeNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    CaseNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    ItemTypeId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ItemId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    DecisionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_item", x => new { x.NoticeNumber, x.CaseNumber });
                    table.ForeignKey(
                        name: "FK_notice_item_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_notice_item_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_notice_item_notice_NoticeNumber",
                        column: x => x.NoticeNumber,
                        principalTable: "notice",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_notice_EnteredBy",
                table: "notice",
                column: "EnteredBy");

            migrationBuilder.CreateIndex(
                name: "IX_notice_Hash",
                table: "notice",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notice_Id",
                table: "notice",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notice_State_DueAt",
                table: "notice",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_notice_StoppedAt",
                table: "notice",
                column: "StoppedAt");

            migrationBuilder.CreateIndex(
                name: "IX_notice_item_CaseNumber",
                table: "notice_item",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_notice_item_DecisionId",
                table: "notice_item",
                column: "DecisionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notice_alert");

            migrationBuilder.DropTable(
                name: "notice_answer");

            migrationBuilder.DropTable(
                name: "notice_item");

            migrationBuilder.DropTable(
                name: "notice");

            migrationBuilder.DropColumn(
                name: "Noticed",
                table: "case");
        }
    }
}
