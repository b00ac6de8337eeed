//! Ways to travel.

pub(crate) trait Modes {
    fn car(&self) -> &'static str;
    fn lift(&self) -> &'static str;
    fn moped(&self) -> &'static str;
    fn ebike(&self) -> &'static str;
    fn bike(&self) -> &'static str;
    fn walk(&self) -> &'static str;
    fn bus(&self) -> &'static str;
    fn on_demand(&self) -> &'static str;
    fn shuttle(&self) -> &'static str;
    fn lift_bus(&self) -> &'static str;
    fn moped_bus(&self) -> &'static str;
    fn ebike_bus(&self) -> &'static str;
    fn bike_bus(&self) -> &'static str;
}
